import type { Role } from '../../domain/role.ts';
import type { Scope } from '../scopes.ts';

/** What each role may do, in the words keys are given too: the console has no powers of its own. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  OWNER: ['admin'],
  OPERATOR: ['intercepts:read', 'intercepts:write', 'service:write'],
  FINANCE: ['intercepts:read', 'settlement:write'],
  VIEWER: ['intercepts:read'],
};
