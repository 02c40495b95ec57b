import { carrierOf } from '../domain/world.ts';
import type { TrackScan } from '../domain/track.ts';
import type { Carrier, CarrierClient } from './port.ts';

/** The carrier as the sandbox has it: under a code of its own, which all that it says is filed under, and a name that marks every paper. */
export function inSandbox(carrier: Carrier): Carrier {
  const code = carrierOf('SANDBOX', carrier.code);
  return { ...carrier, code, nameZh: `${carrier.nameZh}（沙箱）`, connect: (settings) => filedUnder(code, carrier.connect(settings)) };
}

function filedUnder(code: string, client: CarrierClient): CarrierClient {
  const filed = (scans: TrackScan[]): TrackScan[] => scans.map((scan) => ({ ...scan, carrier: code }));
  return {
    ...client,
    readTrack: async (waybillNo, phoneTail) => {
      const reading = await client.readTrack(waybillNo, phoneTail);
      return reading.kind === 'SCANS' ? { ...reading, scans: filed(reading.scans) } : reading;
    },
    readPush: (push) => {
      const reading = client.readPush(push);
      return reading.kind === 'VERIFIED' ? { ...reading, scans: filed(reading.scans) } : reading;
    },
  };
}
