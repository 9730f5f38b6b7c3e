/** A format that only keys have: a prefix, followed by characters of an alphabet. */
export interface KeyFormat {
  readonly prefix: string
  /** The minimum number of characters after the prefix. */
  readonly least: number
  readonly alphabet: Alphabet
  /** A mark inside a key: the minimum number of characters before it, and their alphabet. */
  readonly before?: {readonly least: number; readonly alphabet: Alphabet}
}

export type Alphabet =
  'alphanumeric' | 'base64' | 'digits' | 'dotted' | 'hex' | 'segments' | 'serial' | 'upper' | 'word'

type Row = readonly [least: number, alphabet: Alphabet, prefixes: string]

/**
 * Formats of other keys that people have in their shells and servers, as their issuers document
 * them (most are also in the rule sets of secretlint and gitleaks). Shorter than the real keys, so
 * that a cut key is found too, and longer than ordinary words.
 */
const OTHERS: readonly Row[] = [
  [8, 'word', 'sk-'],
  [6, 'word', 'AIza gsk_ xai-'],
  [16, 'alphanumeric', 'ghp_ gho_ ghu_ ghs_ ghr_'],
  [20, 'word', 'github_pat_'],
  [10, 'word', 'tskey-'],
  [
    16,
    'dotted',
    'glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct- glwt-',
  ],
  [16, 'word', 'GR1348941'],
  [10, 'word', 'xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xapp-'],
  [20, 'base64', 'hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/'],
  [30, 'base64', 'discord.com/api/webhooks/ discordapp.com/api/webhooks/'],
  [16, 'upper', 'AKIA ASIA ABIA ACCA'],
  [60, 'base64', 'ABSK bedrock-api-key-'],
  [16, 'word', 'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_'],
  [20, 'base64', 'whsec_'],
  [30, 'alphanumeric', 'npm_ pnu_'],
  [40, 'word', 'pypi-AgE'],
  [28, 'alphanumeric', 'hf_ api_org_'],
  [20, 'dotted', 'SG. ya29. hvs. hvb. hvr. dp.pt. dp.st. dp.ct. dt0c01. sl.'],
  [
    20,
    'word',
    'GOCSPX- dckr_pat_ dckr_oat_ sq0atp- sq0csp- PMAK- NRAK- NRII- HRKU- pplx- tvly- nvapi- csk-',
  ],
  [30, 'alphanumeric', 'shpat_ shpca_ shppa_ shpss_ shptka_'],
  [
    30,
    'word',
    'lin_api_ lin_oauth_ ntn_ r8_ fo1_ sbp_ sgp_ tfp_ rdme_ secret_key_live_ duffel_live_',
  ],
  [30, 'word', 'duffel_test_ shippo_live_ shippo_test_ rubygems_ xkeysib- sntryu_ pul- dapi glsa_'],
  [
    40,
    'word',
    'dop_v1_ doo_v1_ dor_v1_ vcp_ vci_ vca_ vcr_ vck_ ATATT3 ATCTT3 AKCp EZAK EZTK EAAA EAAM EAAC',
  ],
  [30, 'base64', 'glc_ sntrys_ fm1a_ fm1r_ fm2_ ops_eyJ'],
  [30, 'word', '1//0 figd_ sb_secret_ tgp_v1_ jina_ fio-u- tk-us- sha256~ CFPAT- vercel_blob_rw_'],
  [28, 'alphanumeric', 'ATBB sess- p8e- nfp_ cfut_ cfat_ cfk_ ico- secret_ co_ sk_'],
  [32, 'word', 'lsv2_pt_ lsv2_sk_'],
  [75, 'dotted', 'pat'],
  [22, 'alphanumeric', 'fw_'],
  [40, 'word', 'pa-'],
  [60, 'segments', 'webhook.office.com/webhookb2/'],
  [30, 'dotted', 'pscale_tkn_ pscale_pw_ pscale_oauth_'],
  [16, 'word', 'LTAI FLWSECK-  FLWSECK_TEST- CLOJARS_ sm_aat_ sm_pat_ sm_sat_ v1.0-'],
  [40, 'alphanumeric', 'AGE-SECRET-KEY-1'],
  [32, 'hex', 'SK key-'],
  [32, 'serial', 'A3-'],
  [17, 'dotted', 'eyJ'],
]

/**
 * Keys that are recognised by their middle: Telegram and Discord bots, Terraform, Entra ID,
 * Mailchimp.
 */
const MIDDLES: readonly KeyFormat[] = [
  middle(':AA', [6, 'digits'], [30, 'word']),
  middle('.G', [23, 'alphanumeric'], [33, 'dotted']),
  middle('.atlasv1.', [10, 'alphanumeric'], [40, 'word']),
  middle('Q~', [4, 'word'], [31, 'dotted']),
  middle('-us', [32, 'hex'], [1, 'digits']),
]

/** All formats with a prefix; JWTs begin with `eyJ` (RFC 7519 §3). */
export const KEY_FORMATS: readonly KeyFormat[] = [
  ...MIDDLES,
  ...OTHERS.flatMap(([least, alphabet, prefixes]) =>
    prefixes.split(/ +/).map((prefix) => ({prefix, least, alphabet})),
  ),
]

function middle(
  prefix: string,
  [minBefore, alphabetBefore]: readonly [number, Alphabet],
  [least, alphabet]: readonly [number, Alphabet],
): KeyFormat {
  return {prefix, least, alphabet, before: {least: minBefore, alphabet: alphabetBefore}}
}
