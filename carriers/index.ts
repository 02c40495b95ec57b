import type { CarrierCode } from '../domain/carrier.ts';
import { JD } from './jd/index.ts';
import { JT } from './jt/index.ts';
import { masked } from './masked.ts';
import type { Carrier, CarrierClient } from './port.ts';
import { inSandbox } from './sandbox.ts';
import { STO } from './sto/index.ts';
import { YTO } from './yto/index.ts';
import { ZTO } from './zto/index.ts';

/** Every carrier the product knows. A new one is a folder like its neighbours and a line here. */
export const CARRIERS: readonly Carrier[] = [ZTO, YTO, STO, JT, JD];

const SANDBOX_CARRIERS: readonly Carrier[] = CARRIERS.map(inSandbox);

const OF_BOTH_WORLDS: readonly Carrier[] = [...CARRIERS, ...SANDBOX_CARRIERS];

/** The carrier of a code (`ZTO`, or `SANDBOX_ZTO`), undefined when it is not supported. */
export function findCarrier(code: CarrierCode): Carrier | undefined {
  return OF_BOTH_WORLDS.find((carrier) => carrier.code === code);
}

/** The carrier of a platform's company number (Kuaishou: 9 ZTO, 6 YTO, 3 STO, 109 J&T, 14 JD), undefined when it is not supported. */
export function findCarrierByExpressCode(expressCode: number): Carrier | undefined {
  return CARRIERS.find((carrier) => carrier.platform.expressCode === expressCode);
}

/**
 * Every carrier that is on with its connection, whose words name nobody, in the order of the registry, those of the sandbox behind the real
 * ones. `settings` by carrier code, as the configuration holds them: one that is off has none there, and the product does not support it.
 */
export function connectCarriers(
  settings: Readonly<Record<CarrierCode, Record<string, string>>>,
): { carrier: Carrier; client: CarrierClient }[] {
  const isOn = (carrier: Carrier): boolean => settings[carrier.code] !== undefined;
  const real = CARRIERS.filter((carrier) => !carrier.offByDefault || isOn(carrier));
  return [...real, ...SANDBOX_CARRIERS.filter(isOn)].map((carrier) => ({
    carrier,
    client: masked(carrier.connect(settings[carrier.code] ?? {})),
  }));
}

/** Secrets printed in carriers' documents and in this project's own tests: whoever configures one has forgotten to set the real one. */
export const publishedExamples: readonly string[] = ['123456', 'opentest', 'test-secret', 'secret', 'changeme'];
