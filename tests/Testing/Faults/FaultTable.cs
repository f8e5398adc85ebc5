using System.Text;

namespace UonOfferum.Testing.Faults;

/// <summary>The measured matrix as the tables of docs/reliability.md.</summary>
public static class FaultTable
{
    private const string Begin = "<!-- faults:begin -->";
    private const string End = "<!-- faults:end -->";

    public static string Write(IReadOnlyDictionary<FaultCell, FaultResult> results)
    {
        var text = new StringBuilder();
        foreach (var stage in results.GroupBy(r => r.Key.Stage))
        {
            text.AppendLine(Title(stage.Key)).AppendLine();
            text.AppendLine("| fault | once | three times | for ever |").AppendLine("|---|---|---|---|");

            // Faults that end alike share a row.
            var rows = stage.GroupBy(r => r.Key.Fault, StringComparer.Ordinal)
                .GroupBy(fault => string.Join(" | ", fault.OrderBy(r => r.Key.Span).Select(r => r.Value.ToString())), fault => fault.Key, StringComparer.Ordinal);
            foreach (var row in rows)
            {
                text.AppendLine($"| {string.Join(", ", row)} | {row.Key} |");
            }

            text.AppendLine();
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The page with the tables between its markers replaced.</summary>
    /// <exception cref="TestBedException">The page has no markers.</exception>
    public static string PutInto(string page, string tables)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin
            ? $"{page[..(begin + Begin.Length)]}\n{tables}{page[end..]}"
            : throw new TestBedException($"The page has no lines {Begin} and {End} to put the tables between.");
    }

    private static string Title(FaultStage stage) => stage switch
    {
        FaultStage.Uon => "**U-ON**, asked for the record:",
        FaultStage.OfferumResend => "**Offerum**, sent the order, `Offerum:Uncertain` = `resend`:",
        FaultStage.OfferumHold => "**Offerum**, `Offerum:Uncertain` = `hold`, where that makes a difference:",
        FaultStage.UonWrite => "**U-ON**, told an outcome (`Uon:WriteBack`); the state of the write-back, the sale is not touched:",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage."),
    };
}
