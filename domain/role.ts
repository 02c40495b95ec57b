/** What a person of a shop is there for: each role may call the routes of its scopes, nothing else (api/console/roles.ts). */
export const ROLES = ['OWNER', 'OPERATOR', 'FINANCE', 'VIEWER'] as const;
export type Role = (typeof ROLES)[number];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
