using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace UonOfferum.LocalHost.Timers;

/// <summary>The lease that makes one instance the one that runs timers. It lasts fifteen seconds, so a killed holder blocks other instances for that long.</summary>
internal sealed class TimerLease(BlobContainerClient container, TimeProvider time)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private readonly BlobClient _blob = container.GetBlobClient("locks/uon-offerum/timers");
    private BlobLeaseClient? _lease;

    /// <summary>False when another instance holds it.</summary>
    public async Task<bool> TryAcquireAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await CreateBlobAsync(cancellationToken);
        try
        {
            var lease = _blob.GetBlobLeaseClient();
            await lease.AcquireAsync(Duration, cancellationToken: cancellationToken);
            _lease = lease;
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return false;
        }
    }

    /// <summary>Renews until the token ends or the lease is lost; returns then, never throws.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        var renewed = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(renewed) < Duration)
            {
                await Task.Delay(Duration / 3, time, cancellationToken);
                var asked = time.GetTimestamp();
                if (await RenewedAsync(cancellationToken))
                {
                    renewed = asked;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _lease!.ReleaseAsync(cancellationToken: cancellationToken);
        }
#pragma warning disable CA1031 // The lease expires automatically.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async Task<bool> RenewedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _lease!.RenewAsync(cancellationToken: cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Retried until the lease must be considered lost.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task CreateBlobAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _blob.UploadAsync(BinaryData.Empty, overwrite: false, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // The blob already exists, which is all that is needed.
        }
    }
}
