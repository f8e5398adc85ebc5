namespace UonOfferum.Shared.Secrets;

/// <summary>The store did not answer. A later retry may help; the message contains no value.</summary>
public sealed class SecretsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Stores the secrets of pipelines made on the page. Each new value is a new version with its own name, so that a revision
/// keeps the one it was published with.
/// </summary>
public interface ISecretStore
{
    /// <summary>Stores a value.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The setting, such as <c>Uon:ApiKey</c>.</param>
    /// <param name="value">Stored here only; never logged.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The version.</returns>
    /// <exception cref="SecretsUnavailableException">The store does not answer, or is read-only.</exception>
    Task<string> SetAsync(string pipeline, string key, string value, CancellationToken cancellationToken);

    /// <summary>The value of a version; null when it no longer exists or cannot be decrypted.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The setting.</param>
    /// <param name="version">As returned by <see cref="SetAsync"/>.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="SecretsUnavailableException">The store does not answer.</exception>
    Task<string?> GetAsync(string pipeline, string key, string version, CancellationToken cancellationToken);
}
