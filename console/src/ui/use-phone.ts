import { Grid } from 'antd';

/** Whether the window is as narrow as a phone's: tables become cards there, and what is decided stands at its lower edge. */
export function usePhone(): boolean {
  return !(Grid.useBreakpoint().md ?? true);
}
