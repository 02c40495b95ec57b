import type { ClaimDetails } from '../../domain/claim/claim.ts';
import { findFiles, readFile } from '../../store/files.ts';
import type { AppDeps } from '../deps.ts';
import type { SheetEvidence } from './claim-sheet.ts';

/** Pictures shown on a sheet come to at most this together; the others are named only. */
const MAX_SHOWN_BYTES = 10 * 1024 * 1024;

/** The evidence of a claim in the order it was named, pictures with their bytes as far as there is room. */
export async function readEvidence({ db }: AppDeps, { shopId, evidence }: ClaimDetails): Promise<SheetEvidence[]> {
  const files = new Map((await findFiles(db, shopId, evidence)).map((file) => [file.fileId, file]));
  const shown: SheetEvidence[] = [];
  let room = MAX_SHOWN_BYTES;
  for (const fileId of evidence) {
    const file = files.get(fileId);
    if (file === undefined) continue;
    const { name, contentType, sha256, byteCount } = file;
    const fits = contentType.startsWith('image/') && byteCount <= room;
    if (fits) room -= byteCount;
    shown.push({ name, contentType, sha256, bytes: fits ? ((await readFile(db, shopId, fileId))?.bytes ?? null) : null });
  }
  return shown;
}
