using System.Text.Json.Serialization;
using Runnel.Server.Auth;

namespace Runnel.Server.Accounts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(Refresh.Request))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(Setup.Response))]
[JsonSerializable(typeof(ListSessions.SessionList))]
internal sealed partial class AccountsJson : JsonSerializerContext;
