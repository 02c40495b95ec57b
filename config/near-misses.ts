import { VARIABLES } from './variables.ts';

/** Variables other parts read: the SDK of Temporal, the search for programs, the runner. They are no misspellings. */
const READ_ELSEWHERE = [
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION',
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_CLI_PATH',
  'TEMPORAL_TEST_SERVER_PATH',
];

/** Short names are near to too much (`PORT`, `HOST`, `SORT`). */
const SHORTEST = 8;
const FARTHEST = 2;

/** One sentence for each name that is no variable of ours but almost one. */
export function nearMisses(names: readonly string[]): string[] {
  const known = Object.entries(VARIABLES).flatMap(([name, notes]) => (notes.secret ? [name, `${name}_FILE`] : [name]));
  const taken = new Set([...known, ...READ_ELSEWHERE]);
  return names
    .filter((name) => !taken.has(name) && name.length >= SHORTEST)
    .flatMap((name) => {
      const near = known.find((candidate) => candidate.length >= SHORTEST && isNear(name.toUpperCase(), candidate));
      return near === undefined ? [] : [`${name} is not read by anything: did you mean ${near}?`];
    });
}

/** At most two letters inserted, left out or changed (Levenshtein). */
function isNear(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > FARTHEST) return false;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[right.length] ?? 0) <= FARTHEST;
}
