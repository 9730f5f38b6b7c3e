/** Makes the text of `oclif.manifest.json` for the plugin at `root`, out of its built commands. */
export function makeManifest(root: string): Promise<string>
