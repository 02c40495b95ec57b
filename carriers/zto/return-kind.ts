const CHANGE_OF_ADDRESS = /改址|改地址|改派|转寄|(?:修改|更改|变更).{0,4}地址|edit_?delivery_?address|change_?address/i;

/**
 * What a ZTO return scan (退件) is: the same scan serves a return and a change of address, told apart by `returnType` or
 * the newer `returnUpdateType`, whose values are not published. Empty or unknown means a return, because our own request
 * was one; only a value that plainly says change of address is `REDIRECTED`.
 */
export function returnKind(returnType: string, returnUpdateType: string): 'RETURNING' | 'REDIRECTED' {
  return CHANGE_OF_ADDRESS.test(returnUpdateType || returnType) ? 'REDIRECTED' : 'RETURNING';
}
