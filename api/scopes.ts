/** What a key may do. `admin` includes the others. */
export const SCOPES = [
  'intercepts:read',
  'intercepts:write',
  'service:write',
  'settlement:write',
  'webhooks:write',
  'rules:write',
  'outlets:review',
  'personal-data:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

export function hasScope(held: ReadonlySet<string>, scope: Scope): boolean {
  return held.has(scope) || held.has('admin');
}
