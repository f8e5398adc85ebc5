namespace UonOfferum.OperationsFunction.Sentences;

/// <summary>One sentence of the app, for readers in another language than English.</summary>
/// <param name="Code">Stable; its texts are in <c>Console/texts/sentences.*.json</c>.</param>
/// <param name="Params">What stands in its places; what U-ON or a destination said, as it came.</param>
public sealed record SentenceView(string Code, IReadOnlyDictionary<string, string> Params);
