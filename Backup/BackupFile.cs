using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace UonOfferum.Backup;

/// <summary>
/// The file format: a header line, one line per row, a marker line before the rows that changed during the export, and a last line with the
/// row count. A file without the last line is incomplete. If a row has two lines, the later one counts.
/// </summary>
public static class BackupFile
{
    public const int Version = 1;
    public const string Format = "uon-offerum-tables";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Header(DateTimeOffset startedAt) =>
        Line(new JsonObject { ["format"] = Format, ["version"] = Version, ["startedAt"] = startedAt.ToString("O", CultureInfo.InvariantCulture) });

    /// <summary>Rows after this line changed while the rows before it were being read.</summary>
    public static string Meanwhile() => Line(new JsonObject { ["meanwhile"] = true });

    public static string End(long rows) => Line(new JsonObject { ["end"] = true, ["rows"] = rows });

    public static string Line(JsonObject json) => json.ToJsonString(Compact);

    public static JsonObject Parse(string line) => JsonNode.Parse(line)!.AsObject();

    public static DateTimeOffset StartedAt(JsonObject header) => DateTimeOffset.ParseExact(header["startedAt"]!.GetValue<string>(), "O", CultureInfo.InvariantCulture);

    /// <exception cref="BackupException">The file was not written by this program, or was written by a later version.</exception>
    public static void Check(JsonObject header, string path)
    {
        if (header["format"]?.GetValue<string>() != Format)
        {
            throw new BackupException($"{path} is not a backup made by this program: its first line is not '{Format}'.");
        }

        if (header["version"]!.GetValue<int>() > Version)
        {
            throw new BackupException($"{path} was written by a newer version of this program. Use that version.");
        }
    }

    /// <summary>Cuts off a last line that an interrupted export left unfinished.</summary>
    public static void DropUnfinishedLine(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = file.Length;
        for (var at = file.Length - 1; at >= 0; at--)
        {
            file.Position = at;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end = at;
        }

        file.SetLength(end);
    }

    /// <summary>Readable by its owner only: it holds names and phones.</summary>
    public static StreamWriter Append(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { NewLine = "\n" };
    }
}
