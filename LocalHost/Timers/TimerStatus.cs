using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace UonOfferum.LocalHost.Timers;

/// <summary>When a timer last ran, stored in a blob so that a missed run is detected after a restart.</summary>
internal sealed class TimerStatus(BlobContainerClient container, string function)
{
    private readonly BlobClient _blob = container.GetBlobClient($"timers/uon-offerum/{function}/status");

    public async Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var content = await _blob.DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToObjectFromJson<Shape>()?.Last;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (JsonException)
        {
            // A foreign or incomplete blob is treated as missing.
            return null;
        }
    }

    public Task WriteAsync(DateTimeOffset last, CancellationToken cancellationToken) =>
        _blob.UploadAsync(BinaryData.FromObjectAsJson(new Shape(last)), overwrite: true, cancellationToken);

    private sealed record Shape(DateTimeOffset Last);
}
