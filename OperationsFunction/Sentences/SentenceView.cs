namespace UonOfferum.OperationsFunction.Sentences;

/// <summary>One sentence of the app, for readers in another language than English.</summary>
/// <param name="Code">Stable; its texts are in <c>Console/texts/sentences.*.json</c>.</param>
/// <param name="Params">The values of its placeholders; text from U-ON or a destination is unchanged.</param>
public sealed record SentenceView(string Code, IReadOnlyDictionary<string, string> Params);
