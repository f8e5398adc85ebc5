using System.Text.Json;

namespace UonOfferum.LocalHost.Storage;

/// <summary>What <c>azurite.cjs</c> writes into the data folder once Azurite listens; deleted on a clean exit.</summary>
internal sealed record AzuriteState(int Pid, int Blob, int Queue, int Table)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Null when the file is missing or cannot be read: an incomplete file says nothing about a process.</summary>
    public static AzuriteState? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<AzuriteState>(File.ReadAllBytes(file), Json);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }
}
