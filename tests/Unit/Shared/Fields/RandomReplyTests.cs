using System.Text;
using System.Text.Json;
using CsCheck;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Text;

namespace UonOfferum.Tests.Unit.Shared.Fields;

/// <summary>Whatever U-ON answers, reading it never throws, and no field holds what the answer does not.</summary>
public sealed class RandomReplyTests
{
    private const int Replies = 10_000;

    private static readonly string[] Names =
        ["request", "lead", "record", "result", "id", "dat", "client_name", "client_phone", "client_phone_mobile", "services", "country", "extended_fields", "value", ""];

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Gen.OneOf("null", "true", "false", "0", "-1", "199888", "1e400", "12345678901234567890.5", "\"\"", "\" \"", "\"\\ud800\"", "\"&rarr;\"", "\"\\u0000\""),
        Gen.String.Select(text => JsonSerializer.Serialize(text)));

    private static readonly FieldSet Fields = FieldSet.Parse(
        new Dictionary<string, string>
        {
            ["countries"] = """["record"][0]["services"][*]["country"]""",
            ["extended"] = """["record"][0]["extended_fields"][id=199888]["value"]""",
            ["whole"] = """["record"]""",
            ["deep"] = """["request"][0]["lead"][*]["services"]["country"]|["lead"][1]["id"]""",
        },
        PipelineTimeZone.Fallback,
        (name, problem) => Assert.Fail($"{name}: {problem}"));

    [Fact]
    public void Ten_thousand_random_replies_throw_nothing_and_invent_no_field() =>
        Document(4).Sample(
            text =>
            {
                if (!LenientJson.TryParse(Encoding.UTF8.GetBytes(text), out var root))
                {
                    return;
                }

                var there = Scalars(root).Select(s => FieldValue.Clean(s, FieldPath.MaxValueLength)).OfType<string>().ToHashSet(StringComparer.Ordinal);
                var read = Fields.Read(root);
                Assert.All(read, field => Assert.Contains(field.Value, there));
                Assert.All(Fields.Candidates("phone", root), value => Assert.Contains(value, there));
            },
            iter: Replies);

    [Fact]
    public void Bytes_that_are_no_JSON_throw_nothing_either() =>
        Gen.Byte.Array[0, 60].Sample(
            bytes =>
            {
                if (LenientJson.TryParse(bytes, out var root))
                {
                    _ = Fields.Read(root);
                }
            },
            iter: Replies);

    /// <summary>JSON in the shape of U-ON's, or of nothing; sometimes cut off.</summary>
    private static Gen<string> Document(int depth) =>
        Gen.Select(Value(depth), Gen.Int[0, 400], Gen.Int[0, 9]).Select((text, at, chance) => chance == 0 && at < text.Length ? text[..at] : text);

    private static Gen<string> Value(int depth)
    {
        if (depth == 0)
        {
            return Scalar;
        }

        var inner = Value(depth - 1);
        var list = inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");
        var pair = Gen.Select(Gen.OneOf(Names), inner).Select((name, value) => $"{JsonSerializer.Serialize(name)}:{value}");
        var thing = pair.Array[0, 5].Select(pairs => $"{{{string.Join(',', pairs)}}}");
        return Gen.Frequency((1, Scalar), (2, list), (5, thing));
    }

    private static IEnumerable<string?> Scalars(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Scalars),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Scalars(p.Value)),
        _ => [JsonScalar.Text(value)],
    };
}
