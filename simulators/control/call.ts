/** A call of the control of the simulators at `simulatorsUrl`, `/sim` and all; what it answered. Throws with its words when it refuses. */
export async function callControl<T = unknown>(simulatorsUrl: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${simulatorsUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
