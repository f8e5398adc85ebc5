using CsCheck;

namespace UonOfferum.Tests.Unit;

/// <summary>What people and programs put into fields: Cyrillic, pairs of surrogates, quotes, markup, control characters, nothing.</summary>
internal static class Texts
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        "я", "Ё", "a", "Z", "0", " ", "😀", "\"", "\\", "\n", "\t", "\u0001", "<b>", "+7", "'", "&rarr;", "|", "~", "\u2028", "\uFFFD", "Иван");

    /// <summary>At most so many characters.</summary>
    public static Gen<string> Of(int length) => Piece.Array[0, length / 6].Select(string.Concat);

    public static Gen<string?> OrNull(int length) => Gen.OneOf(Gen.Const((string?)null), Of(length).Select(text => (string?)text));
}
