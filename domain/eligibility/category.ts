/**
 * Categories that take no intercept when nothing else is configured (R19): fresh food (生鲜), virtual goods (虚拟) and
 * whole vehicles (整车). An entry of digits is a category id and must equal it; any other entry is part of a name.
 */
export const DEFAULT_BLOCKED_CATEGORIES: readonly string[] = [
  '生鲜',
  '新鲜水果',
  '新鲜蔬菜',
  '海鲜水产',
  '虚拟',
  '充值',
  '卡券',
  '电子凭证',
  '整车',
  '二手车',
];

/** `生鲜,虚拟，1024` → its entries; both commas, blanks dropped (an empty entry would be part of every name). */
export function readBlockedCategories(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * The first category that a blocked entry names, null when none does (R19). A category nobody listed is not blocked (Q35).
 */
export function findBlockedCategory(
  categories: readonly { id: string; name: string }[],
  blocked: readonly string[],
): { id: string; name: string } | null {
  const entries = blocked.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const isBlocked = (category: { id: string; name: string }): boolean =>
    entries.some((entry) => (/^\d+$/.test(entry) ? category.id === entry : category.name.includes(entry)));
  return categories.find(isBlocked) ?? null;
}
