/** Where an account can get access to models, when it has none (contract 8, 10). */
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
