using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>A certificate of a test's own for <c>localhost</c>.</summary>
internal sealed class NginxCertificate : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public NginxCertificate()
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>Whether a server showed this one.</summary>
    public bool Is(X509Certificate? shown) => shown?.GetCertHashString() == _certificate.Thumbprint;

    public void WriteTo(string directory)
    {
        File.WriteAllText(Path.Combine(directory, "certificate.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "key.pem"), _key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
