const KEY_BYTES = 16;

/**
 * Keys that make a send and its repeats one: the same body has the same key until `forget`, so what is sent again after a lost answer
 * is answered as it was the first time.
 */
export class RepeatKey {
  #body = '';
  #key = '';

  /** Made without `crypto.randomUUID`, which a page served over plain http has not. */
  of(body: unknown): string {
    const said = JSON.stringify(body);
    if (said !== this.#body || this.#key === '') {
      const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
      this.#key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      this.#body = said;
    }
    return this.#key;
  }

  /** The answer came: what is sent next is a new command. */
  forget(): void {
    this.#key = '';
  }
}
