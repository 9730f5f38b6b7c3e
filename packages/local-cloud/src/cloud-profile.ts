/**
 * Which line of the library signs in: the one that the hosted service runs today (1.6), or the next
 * one (1.7), at its standard settings.
 */
export const PROFILES = ['hosted', 'next'] as const
export type Profile = (typeof PROFILES)[number]
