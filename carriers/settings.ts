/** A setting that must be there, or an error naming the variable. */
export function requiredSetting(settings: Record<string, string>, name: string): string {
  const value = settings[name];
  if (!value) throw new Error(`${name} is not set: this carrier cannot be connected without it`);
  return value;
}

/** A base URL without its closing slashes, or an error naming the variable. */
export function urlSetting(settings: Record<string, string>, name: string): string {
  return requiredSetting(settings, name).replace(/\/+$/, '');
}
