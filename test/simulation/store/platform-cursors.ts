import type * as real from '../../../store/platform-cursors.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

export const readPlatformCursor: Real['readPlatformCursor'] = (db, shopId, name) =>
  sessionOf(db).statement(({ cursors }) => cursors.get(`${shopId}:${name}`) ?? null);

export const movePlatformCursor: Real['movePlatformCursor'] = (db, shopId, name, position) =>
  sessionOf(db).statement(({ cursors }) => {
    cursors.set(`${shopId}:${name}`, Math.max(position, cursors.get(`${shopId}:${name}`) ?? 0));
  });
