import { createHmac } from 'node:crypto';
import type { Role } from '../../domain/role.ts';

/** The people of the demo shop, one a role, offered on the sign-in page while the simulators are in use. */
export const DEMO_STAFF: readonly { name: string; role: Role }[] = [
  { name: '店主', role: 'OWNER' },
  { name: '客服', role: 'OPERATOR' },
  { name: '财务', role: 'FINANCE' },
  { name: '访客', role: 'VIEWER' },
];

/** A demo person's password: as secret as the demo key it comes from, and the same as long as that one is. */
export function demoPassword(demoApiKey: string, name: string): string {
  return createHmac('sha256', demoApiKey).update(`demo staff ${name}`).digest('base64url').slice(0, 16);
}
