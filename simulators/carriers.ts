import type { Pusher } from './carrier.ts';
import type { Gateway } from './exchange.ts';
import { openJdGateway } from './jd/gateway.ts';
import { openJtGateway } from './jt/gateway.ts';
import { jtPusher } from './jt/push.ts';
import type { Carrier } from './parties.ts';
import type { Stage } from './stage.ts';
import { openStoGateway } from './sto/gateway.ts';
import { stoPusher } from './sto/push.ts';
import { openYtoGateway } from './yto/gateway.ts';
import { ytoPusher } from './yto/push.ts';
import { openZtoGateway } from './zto/gateway.ts';
import { ztoPusher } from './zto/push.ts';

/** How a carrier answers calls and how it pushes. */
export interface CarrierWire {
  openGateway(stage: Stage): Gateway;
  /** Null: its scans are only told when asked for. */
  pusher: Pusher | null;
}

/** Every carrier's side of the wire. A new one is a folder like its neighbours, its facts in parties.ts, its credentials in settings.ts and a line here. */
export const CARRIER_WIRES: Record<Carrier, CarrierWire> = {
  ZTO: { openGateway: openZtoGateway, pusher: ztoPusher },
  YTO: { openGateway: openYtoGateway, pusher: ytoPusher },
  STO: { openGateway: openStoGateway, pusher: stoPusher },
  JT: { openGateway: openJtGateway, pusher: jtPusher },
  // How JD signs its pushes is not public, and the product takes none.
  JD: { openGateway: openJdGateway, pusher: null },
};
