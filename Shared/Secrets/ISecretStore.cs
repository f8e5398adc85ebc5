namespace UonOfferum.Shared.Secrets;

/// <summary>The store did not answer. Asking again later may help; the message names no value.</summary>
public sealed class SecretsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Keeps the secrets of pipelines made on the page. Every value that is set is a new version under a name of its own, so that a revision
/// goes on with the one it was published with.
/// </summary>
public interface ISecretStore
{
    /// <summary>Stores a value.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The setting, such as <c>Uon:ApiKey</c>.</param>
    /// <param name="value">Goes nowhere but here.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The version.</returns>
    /// <exception cref="SecretsUnavailableException">It does not answer, or lets nobody write.</exception>
    Task<string> SetAsync(string pipeline, string key, string value, CancellationToken cancellationToken);

    /// <summary>The value of a version; null when it is not there any more, or cannot be decrypted.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The setting.</param>
    /// <param name="version">As <see cref="SetAsync"/> gave it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="SecretsUnavailableException">It does not answer.</exception>
    Task<string?> GetAsync(string pipeline, string key, string version, CancellationToken cancellationToken);
}
