/** Stops what the set-up started; nothing is left running or lying about. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.testPostgres?.stop();
}
