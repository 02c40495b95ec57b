import type * as real from '../../../store/files.ts';
import { sessionOf } from './tables.ts';

type Real = typeof real;

/** Whatever a merchant names was uploaded before. */
export const findFiles: Real['findFiles'] = (db, shopId, fileIds) =>
  sessionOf(db).statement(() => fileIds.map((fileId) => ({ fileId, shopId }) as unknown as real.StoredFile));
