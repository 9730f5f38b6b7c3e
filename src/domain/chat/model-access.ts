/** Where an account gets what it lacks, when it may call no model (contract 8, 10). */
interface ModelAccessPages {
  readonly availableModels: string
  readonly plansAndBilling: string
}

/** @param siteRoot - the Mogplex address, without a trailing slash */
export function modelAccessPages(siteRoot: string): ModelAccessPages {
  return {
    availableModels: `${siteRoot}/settings/models`,
    plansAndBilling: `${siteRoot}/settings/billing`,
  }
}
