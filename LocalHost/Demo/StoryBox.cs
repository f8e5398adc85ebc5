using System.Globalization;

namespace UonOfferum.LocalHost.Demo;

/// <summary>Draws the story as a box, a line at a time, as it happens.</summary>
internal sealed class StoryBox(TextWriter writer, bool colour)
{
    private const int Width = 92;
    private const int TimeWidth = 9;
    private const int NameWidth = 10;
    private const int DetailWidth = Width - TimeWidth - NameWidth - 8;

    public void Open(string title) => writer.WriteLine($"  ╭─ {Bold(title)} {new string('─', Math.Max(1, Width - title.Length - 6))}╮");

    public void Blank() => Line("");

    public void Step(TimeSpan at, string name, string detail)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{at.TotalMilliseconds:0} ms").PadLeft(TimeWidth);
        foreach (var part in Wrap(detail))
        {
            Line($"{time}  {name.PadRight(NameWidth)}  {part}");
            (time, name) = (new string(' ', TimeWidth), "");
        }
    }

    public void Close(bool good, string text)
    {
        var shown = (good ? "✔ " : "✘ ") + text;
        writer.WriteLine($"  ╰─ {(colour ? $"\e[{(good ? 32 : 31)};1m{shown}\e[0m" : shown)} {new string('─', Math.Max(1, Width - shown.Length - 6))}╯");
    }

    private void Line(string text) => writer.WriteLine($"  │{text.PadRight(Width - 3)}│");

    private string Bold(string text) => colour ? $"\e[1m{text}\e[0m" : text;

    private static IEnumerable<string> Wrap(string text)
    {
        while (text.Length > DetailWidth)
        {
            var cut = text.LastIndexOf(' ', DetailWidth);
            cut = cut > 0 ? cut : DetailWidth;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }
}
