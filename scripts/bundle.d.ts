/** Builds from `src` what users run: the files of `dist`, by name. */
export function bundle(
  root: string,
  modules?: {readonly hot: readonly string[]; readonly warm: readonly string[]},
): Promise<Map<string, string>>
