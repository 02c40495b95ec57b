import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../domain/time.ts';
import { readTemporalDevSettings } from './temporal-compose.ts';

describe('temporal-dev.yml', () => {
  test('tells the runner namespace, search attributes, retention and flags, but not where to listen', async () => {
    const settings = await readTemporalDevSettings();
    expect(settings.namespace).toBe('default');
    expect(settings.retentionMs).toBeGreaterThanOrEqual(30 * DAY_MS);
    expect(settings.searchAttributes).toEqual({
      InterceptStatus: 'Keyword',
      RefundStatus: 'Keyword',
      ReturnStatus: 'Keyword',
      Carrier: 'Keyword',
      ShopId: 'Keyword',
      RefundId: 'Keyword',
      WaybillNo: 'Keyword',
      AutoRefundAt: 'Datetime',
    });
    expect(settings.flags).toEqual(expect.arrayContaining(['--namespace=default', '--search-attribute=AutoRefundAt=Datetime']));
    expect(settings.flags.filter((flag) => /^--(ip|port|ui-port|db-filename|log-level)\b/.test(flag))).toEqual([]);
  });
});

describe('a Compose file that cannot be used', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compose-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const RETENTION = 'retention: {command: [operator, namespace, update, --retention=30d]}';

  test.each([
    ['services: {}', 'service temporal has no command'],
    [`services: {temporal: {command: [server, start]}, ${RETENTION}}`, 'does not run "server start-dev"'],
    [`services: {temporal: {command: [server, start-dev, --namespace, default]}, ${RETENTION}}`, '"default" is not a flag'],
    [`services: {temporal: {command: [server, start-dev]}, ${RETENTION}}`, 'names no namespace'],
    [
      `services: {temporal: {command: [server, start-dev, --namespace=n, --search-attribute=Carrier]}, ${RETENTION}}`,
      '"Carrier" is not Name=Type',
    ],
    ['services: {temporal: {command: [server, start-dev, --namespace=n]}}', 'service retention has no command'],
    ['services: {temporal: {command: [server, start-dev, --namespace=n]}, retention: {command: [operator]}}', 'has no --retention'],
  ])('%s', async (text, complaint) => {
    const path = join(folder, 'compose.yml');
    await writeFile(path, text);
    await expect(readTemporalDevSettings(path)).rejects.toThrow(complaint);
    await expect(readTemporalDevSettings(path)).rejects.toThrow(path);
  });
});
