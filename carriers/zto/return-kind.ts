import type { TrackEvent } from '../../domain/track.ts';

const CANCELLED = /(?:取消|撤销).{0,2}退|cancel_?return/i;
const CHANGE_OF_ADDRESS = /改址|改地址|改派|转寄|(?:修改|更改|变更).{0,4}地址|edit_?delivery_?address|change_?address/i;
const RETURN = /退回|退件|return/i;

/**
 * What a ZTO return scan (退件) is: the same scan serves a return and a change of address, told apart by `returnUpdateType`
 * or the older `returnType`, whose values are not published. The first of `told` that plainly says something decides, the
 * fields before the sentence; a text with several of these words is no return, because a return pays. All silent means a
 * return, because our own request was one.
 */
export function returnKind(...told: string[]): TrackEvent {
  for (const text of told) {
    if (CANCELLED.test(text)) return 'PROBLEM';
    if (CHANGE_OF_ADDRESS.test(text)) return 'REDIRECTED';
    if (RETURN.test(text)) return 'RETURNING';
  }
  return 'RETURNING';
}
