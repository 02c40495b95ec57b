import { Type } from 'typebox';
import { ROLES } from '../../domain/role.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { listSessions } from '../../store/sessions.ts';
import { changeStaff, createStaff, listStaff, type Staff } from '../../store/staff.ts';
import { problem } from '../problems/problem.ts';
import { closed } from '../v1/schemas.ts';
import { signedInOf } from './access.ts';
import type { ConsoleRoutes } from './console-routes.ts';
import { hashPassword, newOneTimePassword } from './passwords.ts';
import { SESSION_LIMITS } from './session-cookie.ts';
import { keptName } from './kept-name.ts';
import { typedName } from './typed-name.ts';

const role = Type.Union(ROLES.map((each) => Type.Literal(each)));
const newStaffBody = closed({ name: typedName(64), role });
const changeBody = closed(
  { role: Type.Optional(role), active: Type.Optional(Type.Boolean()), resetPassword: Type.Optional(Type.Literal(true)) },
  { minProperties: 1 },
);
const staffPath = closed({ staffId: Type.String({ pattern: '^[a-z0-9_]{1,64}$' }) });

/** The people of the shop, for its owners. A password made here is shown once and must be changed at the first sign-in. */
export const staffRoutes: ConsoleRoutes = async (app, { deps: { db }, endings }) => {
  app.route({
    method: 'GET',
    url: '/staff',
    config: { operation: 'listStaff', scope: 'admin' },
    handler: async (request) => ({ items: (await listStaff(db, signedInOf(request).shopId)).map(viewStaff) }),
  });

  app.route({
    method: 'POST',
    url: '/staff',
    schema: { body: newStaffBody },
    config: { operation: 'createStaff', scope: 'admin' },
    handler: async (request, reply) => {
      const { shopId, staffId: by } = signedInOf(request);
      const wanted = keptName(request.body.name);
      const password = newOneTimePassword();
      const passwordHash = await hashPassword(password);
      const staff = await createStaff(db, { shopId, name: wanted, role: request.body.role, passwordHash, mustChange: true });
      if (staff === null) throw problem('STAFF_NAME_TAKEN', { params: { name: wanted } });
      request.log.info({ staffId: staff.staffId, role: staff.role, by }, 'a person was added');
      return reply.code(201).send({ staff: viewStaff(staff), password });
    },
  });

  app.route({
    method: 'PATCH',
    url: '/staff/:staffId',
    schema: { params: staffPath, body: changeBody },
    config: { operation: 'changeStaff', scope: 'admin' },
    handler: async (request) => {
      const { shopId, staffId: by } = signedInOf(request);
      const { staffId } = request.params;
      const { role: newRole, active, resetPassword } = request.body;
      const password = resetPassword ? newOneTimePassword() : null;
      const before = await listSessions(db, { shopId, staffId }, SESSION_LIMITS);
      const passwordHash = password === null ? undefined : await hashPassword(password);
      const changed = await changeStaff(db, shopId, staffId, { role: newRole, active, passwordHash });
      if (changed.kind === 'NOT_FOUND') throw problem('NOT_FOUND');
      if (changed.kind === 'LAST_OWNER') throw problem('LAST_OWNER');
      if (active === false || password !== null) endings.end(before.map(({ handle }) => handle));
      request.log.info({ staffId, role: newRole, active, passwordReset: password !== null, by }, 'a person was changed');
      return { staff: viewStaff(changed.staff), ...(password === null ? {} : { password }) };
    },
  });
};

function viewStaff({ staffId, name: shown, role: held, mustChange, demo, createdAt, disabledAt }: Staff) {
  return {
    staffId,
    name: shown,
    role: held,
    active: disabledAt === null,
    mustChangePassword: mustChange,
    demo,
    createdAt: toRfc3339(createdAt),
  };
}
