import { describe, expect, test } from '@jest/globals';
import type { TrackScan } from '../track.ts';
import { resolveOutlet } from './outlet.ts';

const shanghai = { outletCode: '02100', outletName: '上海示例' };
const hangzhou = { outletCode: '57100', outletName: '杭州示例' };
const foreign = { outletCode: '99999', outletName: '外地示例' };

function pickup(outletCode: string | null, outletName: string | null, occurredAt = 1): TrackScan {
  return { carrier: 'ZTO', waybillNo: '73100000000001', event: 'PICKED_UP', occurredAt, outletCode, outletName, text: '', raw: null };
}

describe('which outlet issued a waybill (Q22, Q23)', () => {
  test('the registered one, before all else', () => {
    expect(resolveOutlet({ registered: hangzhou, ebillOutlets: [shanghai], scans: [pickup('02100', '上海示例')] })).toEqual(hangzhou);
  });
  test('else the only e-waybill outlet, without looking at the track', () => {
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai], scans: [pickup('57100', '杭州示例')] })).toEqual(shanghai);
  });
  test('else the outlet of the first pick-up scan among the e-waybill outlets', () => {
    const scans = [pickup('02100', '上海示例', 20), pickup('57100', '杭州示例', 10)];
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans })).toEqual(hangzhou);
  });
  test('by its exact name where the carrier names no code', () => {
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans: [pickup(null, '杭州示例')] })).toEqual(hangzhou);
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans: [pickup(null, '杭州')] })).toBeNull();
  });
  test('nobody: a foreign outlet, no pick-up, no e-waybill, two outlets of one name', () => {
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans: [pickup('99999', '外地示例')] })).toBeNull();
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans: [] })).toBeNull();
    expect(resolveOutlet({ registered: null, ebillOutlets: [], scans: [pickup('02100', '上海示例')] })).toBeNull();
    const namesake = { outletCode: '02199', outletName: '上海示例' };
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, namesake, foreign], scans: [pickup(null, '上海示例')] })).toBeNull();
  });
  test('a code counts even when another outlet bears the name', () => {
    expect(resolveOutlet({ registered: null, ebillOutlets: [shanghai, hangzhou], scans: [pickup('57100', '上海示例')] })).toEqual(hangzhou);
  });
});
