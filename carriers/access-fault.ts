/** Our own account is refused: by which code and words, and the remedy where it is known. */
export interface AccessFault {
  code: string | null;
  message: string;
  remedy: string | null;
}
