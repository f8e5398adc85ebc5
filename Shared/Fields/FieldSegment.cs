using System.Text.Json;
using UonOfferum.Shared.Text;

namespace UonOfferum.Shared.Fields;

/// <summary>
/// One bracket of a path. U-ON returns either a list of one item or the bare object for the same request, so an object counts as a list
/// with one item, and where an object is expected, the first item of a list is used.
/// </summary>
internal abstract record FieldSegment
{
    public abstract IEnumerable<JsonElement> Step(JsonElement from);

    private static IEnumerable<JsonElement> Items(JsonElement from) => from.ValueKind switch
    {
        JsonValueKind.Array => from.EnumerateArray(),
        JsonValueKind.Object => [from],
        _ => [],
    };

    private static bool TryProperty(JsonElement from, string name, out JsonElement value)
    {
        value = default;
        return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out value);
    }

    /// <summary><c>["client_phone"]</c></summary>
    public sealed record Property(string Name) : FieldSegment
    {
        public override IEnumerable<JsonElement> Step(JsonElement from) =>
            TryProperty(Items(from).FirstOrDefault(), Name, out var value) ? [value] : [];
    }

    /// <summary><c>["record"]</c> at the start: any envelope.</summary>
    public sealed record Envelope : FieldSegment
    {
        public const string Name = "record";

        private static readonly string[] Known = ["request", "lead"];

        public override IEnumerable<JsonElement> Step(JsonElement from)
        {
            foreach (var name in Known)
            {
                if (TryProperty(from, name, out var value) && Items(value).Any())
                {
                    return [value];
                }
            }

            return [];
        }
    }

    /// <summary><c>[0]</c></summary>
    public sealed record Index(int Position) : FieldSegment
    {
        public override IEnumerable<JsonElement> Step(JsonElement from) => Items(from).Skip(Position).Take(1);
    }

    /// <summary><c>[*]</c></summary>
    public sealed record Every : FieldSegment
    {
        public override IEnumerable<JsonElement> Step(JsonElement from) => Items(from);
    }

    /// <summary><c>[id=199888]</c>: the items whose property has this value, as a number or a string.</summary>
    public sealed record Where(string Name, string Value) : FieldSegment
    {
        public override IEnumerable<JsonElement> Step(JsonElement from) =>
            Items(from).Where(item => TryProperty(item, Name, out var value) && JsonScalar.Text(value)?.Trim() == Value);
    }
}
