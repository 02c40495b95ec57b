import { createHash } from 'node:crypto';
import { findCarrier } from '../../carriers/index.ts';
import { CLAIM_KIND_TEXT, CLAIM_STATUS_TEXT, type ClaimGoods, goodsValueFen } from '../../domain/claim/claim.ts';
import { toYuanText } from '../../domain/money.ts';
import { toShanghaiText } from '../../domain/time.ts';
import type { ClaimRecord } from '../../store/claims.ts';
import type { Column } from '../export/table.ts';

/** A file of evidence on the sheet; `bytes` only of pictures that are to be shown. */
export interface SheetEvidence {
  name: string;
  contentType: string;
  sha256: string;
  bytes: Buffer | null;
}

const STYLE = `
@page { size: A4; margin: 15mm; }
body { font: 14px/1.6 "PingFang SC", "Microsoft YaHei", sans-serif; color: #000; max-width: 180mm; margin: 0 auto; }
h1 { text-align: center; font-size: 22px; margin: 0 0 4mm; }
table { width: 100%; border-collapse: collapse; margin: 0 0 5mm; }
th, td { border: 1px solid #555; padding: 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f2f2f2; white-space: nowrap; }
td.amount, th.amount { text-align: right; }
p.text { white-space: pre-wrap; border: 1px solid #555; padding: 2mm; min-height: 15mm; margin: 0 0 5mm; }
figure { display: inline-block; margin: 0 3mm 3mm 0; max-width: 84mm; break-inside: avoid; }
figure img { max-width: 100%; max-height: 80mm; }
figcaption { font-size: 11px; overflow-wrap: anywhere; }
.answer td { height: 12mm; }
`;

/** Nothing runs, nothing is fetched, nothing frames it: only this style and the pictures inside. */
export const SHEET_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ');

/** The claim sheet (索赔单) for the outlet, to be printed: what is claimed, the evidence, and room for the outlet's answer. */
export function claimSheetHtml({ details, state }: ClaimRecord, shopName: string, evidence: readonly SheetEvidence[]): string {
  const carrier = findCarrier(details.carrier)?.nameZh ?? details.carrier;
  const facts: [string, string][] = [
    ['索赔单号', details.claimId],
    ['商家', shopName],
    ['联系电话', details.contactPhone],
    ['快递', carrier],
    ['网点', `${details.outletName}（${details.outletCode}）`],
    ['运单号', details.waybillNo],
    ['索赔类型', CLAIM_KIND_TEXT[details.kind]],
    ['提交时间', `${toShanghaiText(details.createdAt)}（北京时间）`],
    ['状态', CLAIM_STATUS_TEXT[state.status]],
  ];
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>索赔单 ${escapeHtml(details.claimId)}</title><style>${STYLE}</style></head>
<body>
<h1>快件索赔单（${CLAIM_KIND_TEXT[details.kind]}）</h1>
<table>${facts.map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>
<table>
<tr><th>物品</th><th>规格</th><th class="amount">数量</th><th class="amount">货值（元）</th></tr>
${details.goods.map(goodsRow).join('\n')}
<tr><th colspan="3">货值合计</th><td class="amount">${toYuanText(goodsValueFen(details.goods))}</td></tr>
<tr><th colspan="3">索赔金额</th><td class="amount">${toYuanText(details.claimedFen)}</td></tr>
</table>
<p class="text">${escapeHtml(details.description)}</p>
<section>${evidence.map(figure).join('')}</section>
<table class="answer"><tr><th>网点处理意见</th><td></td></tr><tr><th>赔付金额（元）</th><td></td></tr><tr><th>经办人签字、日期</th><td></td></tr></table>
</body>
</html>
`;
}

function goodsRow({ name, specification, quantity, valueFen }: ClaimGoods): string {
  return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(specification)}</td><td class="amount">${quantity}</td><td class="amount">${toYuanText(valueFen)}</td></tr>`;
}

function figure({ name, contentType, sha256, bytes }: SheetEvidence): string {
  const picture = bytes === null ? '' : `<img alt="" src="data:${contentType};base64,${bytes.toString('base64')}">`;
  return `<figure>${picture}<figcaption>${escapeHtml(name)}<br>SHA-256 ${sha256}</figcaption></figure>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** One row a kind of goods, for outlets that take claims as a table. */
export function claimSheetColumns({ details, state }: ClaimRecord, shopName: string): Column<ClaimGoods>[] {
  return [
    { heading: '索赔单号', cell: () => details.claimId },
    { heading: '商家', cell: () => shopName },
    { heading: '联系电话', cell: () => details.contactPhone },
    { heading: '快递', cell: () => findCarrier(details.carrier)?.nameZh ?? details.carrier },
    { heading: '网点代码', cell: () => details.outletCode },
    { heading: '网点名称', cell: () => details.outletName },
    { heading: '运单号', cell: () => details.waybillNo },
    { heading: '索赔类型', cell: () => CLAIM_KIND_TEXT[details.kind] },
    { heading: '物品', cell: ({ name }) => name },
    { heading: '规格', cell: ({ specification }) => specification },
    { heading: '数量', cell: ({ quantity }) => String(quantity) },
    { heading: '货值（元）', cell: ({ valueFen }) => ({ fen: valueFen }) },
    { heading: '索赔金额（元）', cell: () => ({ fen: details.claimedFen }) },
    { heading: '说明', cell: () => details.description },
    { heading: '状态', cell: () => CLAIM_STATUS_TEXT[state.status] },
    { heading: '提交时间（北京时间）', cell: () => toShanghaiText(details.createdAt) },
  ];
}
