import type { Db } from '../store/db.ts';
import { saveRecords } from '../store/intercept-record.ts';
import { lastScanAt } from '../store/track.ts';
import type { RecordActivities } from './types.ts';

/** The record of a case in PostgreSQL. */
export function createRecordActivities(db: Db): RecordActivities {
  return {
    saveRecords: (writes) => saveRecords(db, writes),
    readLastScan: ({ carrier, waybillNo }) => lastScanAt(db, carrier, waybillNo),
  };
}
