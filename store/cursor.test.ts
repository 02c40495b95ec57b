import { describe, expect, test } from '@jest/globals';
import { BadCursor, readCursor, toPage, writeCursor } from './cursor.ts';

const position = { at: 1_767_578_400_123, id: '900-1' };
const filter = { shopId: '1001', refundStatus: 'OPEN', carrier: undefined };

describe('cursors', () => {
  test('lead back to their position, whatever the order of the filters', () => {
    const cursor = writeCursor(position, filter);
    expect(readCursor(cursor, filter)).toEqual(position);
    expect(readCursor(cursor, { refundStatus: 'OPEN', shopId: '1001', outletCode: null })).toEqual(position);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test('are refused with other filters, altered, or made up', () => {
    const cursor = writeCursor(position, filter);
    expect(() => readCursor(cursor, { ...filter, shopId: '1002' })).toThrow(BadCursor);
    expect(() => readCursor(cursor, { ...filter, carrier: 'ZTO' })).toThrow(BadCursor);
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const altered = Buffer.from(JSON.stringify([position.at + 1, parts[1], parts[2]])).toString('base64url');
    for (const bad of [
      altered,
      '',
      'x',
      `${cursor}A`,
      `${cursor}=`,
      cursor.slice(0, -1),
      Buffer.from('{}').toString('base64url'),
      Buffer.from('[1e99,"a","b"]').toString('base64url'),
    ]) {
      expect(() => readCursor(bad, filter)).toThrow(BadCursor);
    }
  });

  test('a page ends with a cursor only when more follows', () => {
    const rows = [3, 2, 1].map((at) => ({ at, id: String(at) }));
    const page = toPage(
      rows,
      { limit: 2, after: null },
      filter,
      (row) => row,
      (row) => row.id,
    );
    expect(page.items).toEqual(['3', '2']);
    expect(readCursor(page.nextCursor ?? '', filter)).toEqual({ at: 2, id: '2' });
    expect(
      toPage(
        rows,
        { limit: 3, after: null },
        filter,
        (row) => row,
        (row) => row.id,
      ).nextCursor,
    ).toBeNull();
  });
});
