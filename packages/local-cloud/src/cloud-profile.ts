/**
 * Which version of the library handles sign-in: the one that the hosted service runs today (1.6),
 * or the next one (1.7), with its default settings.
 */
export const PROFILES = ['hosted', 'next'] as const
export type Profile = (typeof PROFILES)[number]
