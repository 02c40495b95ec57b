import type { Db } from '../store/db.ts';
import { saveRecord } from '../store/intercept-record.ts';
import { lastScanAt } from '../store/track.ts';
import type { RecordActivities } from './types.ts';

/** The record of a case in PostgreSQL. */
export function createRecordActivities(db: Db): RecordActivities {
  return {
    async saveRecords(writes) {
      for (const write of writes) await saveRecord(db, write);
    },
    readLastScan: ({ carrier, waybillNo }) => lastScanAt(db, carrier, waybillNo),
  };
}
