import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { LASTING_MS } from './alerts.ts';
import { DRILLS } from './drills.ts';

test('every alert is fired by a drill, and each drill follows a section of the page', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
  const { groups } = parse(read('ops/alerts.yml')) as { groups: { rules: { alert: string }[] }[] };
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  expect([...new Set(DRILLS.flatMap((drill) => drill.alerts))].sort()).toEqual(alerts.sort());
  expect([...LASTING_MS.keys()].filter((alert) => !alerts.includes(alert))).toEqual([]);
  const titles = [...read('docs/operators.md').matchAll(/^## (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));
  expect(DRILLS.map(({ section }) => section).filter((section) => !titles.includes(section))).toEqual([]);
});
