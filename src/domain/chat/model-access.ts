/** Where an account gets what it lacks, when it may call no model (contract 8, 10). */
export const AVAILABLE_MODELS_URL = 'https://mogplex.com/settings/models'
export const PLANS_AND_BILLING_URL = 'https://mogplex.com/settings/billing'
