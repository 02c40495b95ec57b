import { text } from '../../i18n/text.ts';
import { useSignedIn } from './permissions.tsx';

/** The carriers this service is connected to, to choose from; and what was chosen before one was turned off. */
export function useCarrierChoices(chosen: readonly string[] = []): { value: string; label: string }[] {
  const { carriers } = useSignedIn().config;
  return Object.entries(text().words.carrier)
    .filter(([code]) => carriers.includes(code) || chosen.includes(code))
    .map(([value, label]) => ({ value, label }));
}
