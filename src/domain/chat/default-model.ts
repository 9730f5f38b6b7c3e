const NOT_FOR_CHAT =
  /audio|babbage|dall-e|davinci|embed|guard|image|imagen|moderation|ocr|realtime|rerank|sora|speech|transcribe|tts|veo|whisper/i

/**
 * The model for prompts where nobody chose one. Names of models come and go, so a name of ours
 * counts only while the provider lists it, or a dated version of it; else the first that looks as if
 * it could chat.
 *
 * @param listed - by the provider, in its order
 */
export function pickModel(wanted: string, listed: readonly string[]): string {
  return (
    listed.find((id) => id === wanted || id === `models/${wanted}`) ??
    listed.find((id) => id.startsWith(`${wanted}-`)) ??
    listed.find((id) => !NOT_FOR_CHAT.test(id)) ??
    wanted
  )
}
