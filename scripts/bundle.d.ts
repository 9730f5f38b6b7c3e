/** Makes out of `src` what users run: the files of `dist`, their texts by their names. */
export function bundle(
  root: string,
  modules?: {readonly hot: readonly string[]; readonly warm: readonly string[]},
): Promise<Map<string, string>>
