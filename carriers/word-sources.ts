/**
 * The public material the tables of scan words rest on. A row names its sources by these keys; docs/carrier-words.md prints
 * them. A reading that pays, fails or ends a case (RETURNING, RETURN_SIGNED, SIGNED, LOST) needs material that says so of
 * the carrier's word: nothing is concluded from a likeness.
 */
export const WORD_SOURCES = {
  OLTS: 'GitHub open-logistics-tracking/OLTS, `mappings/cn/{zto,yto,sto,jtexpress}.csv` at db983b0 (2026-05): lists of the carriers’ documents, read by a logged-in user',
  ZTO_EVENTS: 'ZTO’s list of push events with its explanations, quoted in GitHub tyut-pengkai/ruoyi-vue-new, `ZtoTrackObj` (2025-05)',
  ZTO_LOG:
    'Pushes of ZTO’s test environment with ZTO’s own sentences, GitHub YangLiCon/docs, `document/tepbridge/logistics/zto.md` (2025-05-22)',
  ZTO_IBOXS:
    'A ZTO integrator’s push handler, PHP class `iboxs\\deliver\\express\\api\\ZTO`: HANDOVERSCAN_SIGNED stands with INBOUND, “in the shop”',
  ZTO_VEIL: 'An older client of ZTO’s track interface (Python, `zto_client`): scan types 签收, 第三方签收, 退件签收',
  YTO_EVENTS: 'YTO’s list of `infoContent` of the push, quoted in GitHub tyut-pengkai/ruoyi-vue-new, `YtoTrackObj` (2025-05)',
  YTO_QUERY:
    'YTO’s list of `infoContent` of the query, quoted in two clients: C# `YtoRouteSearchResult`, Java `YtoTraceProvider` (2026-10)',
  STO_PUSH: 'STO’s description of the push (open.sto.cn, STO_TRACE_PLATFORM_PUSH), quoted in Java `com.cmhq` `StoPushTraceDto` (2024-04)',
  STO_CLIENTS:
    'Three clients of STO’s track query: GitHub fuzui/aggregatelogistics `ShentongScanType`, a Go `StatusCodeMapping`, a TypeScript `stoScan`',
  JT_PUSH:
    'J&T’s description of the push (open.jtexpress.com.cn, logistics/statusFeedback), quoted in Java `com.cmhq` `JTPushTraceDto` (2024-04)',
  JT_CLIENTS:
    'Clients that compare J&T’s words as names: GitHub fuzui/aggregatelogistics `JituScanType`; OOMALL `TraceDetail`, `JtGetExpressRetObj`',
  JT_TEMPLATES:
    'J&T’s scan names with code and sentence template for country CN, Java `PodTempTranslate` (2021-04): names no company, every name is J&T’s',
  JT_ABROAD: 'J&T’s documents of the same platform for other countries (track callback, trace sample): Chinese names of the same scans',
  JD_STATES:
    'JD’s lists of 节点编码 (open.jdl.com access-guide 267/54128, 442/55086), read by a logged-in user: GitHub open-logistics-tracking/OLTS, `mappings/cn/jdl.csv` at db983b0 (2026-05)',
  JD_LOG: 'Pushes of JD’s sandbox with JD’s own sentences, GitHub YangLiCon/docs, `document/tepbridge/logistics/jd.md` (2025-05-20)',
  JD_CLIENTS:
    'Clients that compare JD’s states: Java `com.cmhq` `JDPushWuliuTracePush` (2024-04, takes the new number of 换单打印 for the return’s), a C# order system (换单打印 stands with 已拒收)',
  JD_ENDINGS:
    'JD’s own endings of a waybill: Java `ReceiveOrderStatusEnum` (530 退货到商家确认, 上门接货退货完成) and `WaybillFinishedEnum` (2022-10); the flow of its sandbox (揽收完成, then 上门接货退货完成)',
} as const;

/** Key of one source. */
export type WordSource = keyof typeof WORD_SOURCES;
