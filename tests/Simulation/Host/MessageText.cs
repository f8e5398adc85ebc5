using System.Text.Json;

namespace UonOfferum.Tests.Simulation.Host;

/// <summary>Reads a queue message without the app's code.</summary>
internal static class MessageText
{
    /// <summary>Such as <c>main/lead/7</c>; empty if the message is not the app's.</summary>
    public static string OperationOf(string base64)
    {
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(base64));
            var root = json.RootElement;
            return $"{root.GetProperty("pipeline").GetString()}/{root.GetProperty("kind").GetString()}/{root.GetProperty("id")}";
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException)
        {
            return "";
        }
    }
}
