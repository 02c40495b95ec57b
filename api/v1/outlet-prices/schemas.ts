import { Type } from 'typebox';
import { carrierSchema, closed, feeFenSchema, instantSchema, outletCodeSchema, pageQuery } from '../schemas.ts';

const price = { carrier: carrierSchema, outletCode: outletCodeSchema, feeFen: feeFenSchema, effectiveFrom: instantSchema };

export const outletPriceSchema = closed(price, { $id: 'OutletPrice', description: '与网点约定的拦截费，自生效时刻起' });
export const pricesQuery = closed({ ...pageQuery, carrier: Type.Optional(carrierSchema), outletCode: Type.Optional(outletCodeSchema) });
export const putPriceBody = closed(price, {
  examples: [{ carrier: 'ZTO', outletCode: '75500', feeFen: 350, effectiveFrom: '2026-12-01T00:00:00.000+08:00' }],
});
